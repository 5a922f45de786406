//! Items and folders.

/// Who may see an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The owner.
    Private,
    /// The owner and groups; groups have no members here.
    Shared,
    /// The organization.
    Org,
    /// Everyone.
    Public,
}

impl Access {
    /// The access as the portal writes it.
    pub fn text(self) -> &'static str {
        match self {
            Access::Private => "private",
            Access::Shared => "shared",
            Access::Org => "org",
            Access::Public => "public",
        }
    }
}

/// A folder; folders do not nest (F-FOLDER-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The id, 32 hexadecimal digits.
    pub id: String,
    /// The owner's username.
    pub owner: String,
    /// The title, unique per user, case-insensitively (F-FOLDER-2).
    pub title: String,
    /// When it was created, epoch milliseconds.
    pub created: i64,
}

/// A portal item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The id, 32 hexadecimal digits.
    pub id: String,
    /// The owner's username.
    pub owner: String,
    /// The owner's organization.
    pub org: String,
    /// The title.
    pub title: String,
    /// The type, such as `Web Map`.
    pub kind: String,
    /// Type keywords, including the server's own.
    pub type_keywords: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The one-line summary.
    pub snippet: Option<String>,
    /// The description, HTML on a real portal.
    pub description: Option<String>,
    /// The item's URL.
    pub url: Option<String>,
    /// Who may see it.
    pub access: Access,
    /// The folder's id; `None` is the root folder.
    pub folder: Option<String>,
    /// When it was created, epoch milliseconds.
    pub created: i64,
    /// When it was last changed, epoch milliseconds.
    pub modified: i64,
    /// The answer of `data`: JSON for maps and apps; `None` for items without data.
    pub data: Option<String>,
    /// True if delete protection is on.
    pub protected: bool,
    /// The number of views.
    pub views: i64,
    /// `apiToken1ExpirationDate` and `apiToken2ExpirationDate`, epoch milliseconds, `-1` for none.
    pub expiration: [i64; 2],
    /// The date a slot falls back to when its key is revoked (F-DATE-7).
    pub first_expiration: [i64; 2],
    /// True while it is in the recycle bin.
    pub in_bin: bool,
    /// The number of further searches that omit it.
    pub hidden_from_search: u32,
}

impl Item {
    /// A private item with only its identity set.
    pub fn new(id: &str, owner: &str, org: &str) -> Item {
        Item {
            id: id.to_owned(),
            owner: owner.to_owned(),
            org: org.to_owned(),
            title: String::new(),
            kind: String::new(),
            type_keywords: Vec::new(),
            tags: Vec::new(),
            snippet: None,
            description: None,
            url: None,
            access: Access::Private,
            folder: None,
            created: 0,
            modified: 0,
            data: None,
            protected: false,
            views: 0,
            expiration: [-1, -1],
            first_expiration: [-1, -1],
            in_bin: false,
            hidden_from_search: 0,
        }
    }

    /// Adds a server keyword unless it is present.
    pub fn add_keyword(&mut self, keyword: &str) {
        if !self.has_keyword(keyword) {
            self.type_keywords.push(keyword.to_owned());
        }
    }

    /// Removes a keyword.
    pub fn remove_keyword(&mut self, keyword: &str) {
        self.type_keywords.retain(|other| other != keyword);
    }

    /// True if the item has the keyword.
    pub fn has_keyword(&self, keyword: &str) -> bool {
        self.type_keywords.iter().any(|other| other == keyword)
    }
}
