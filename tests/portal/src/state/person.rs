//! People and their organizations.

/// A built-in role (F-ACCOUNT-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `org_admin`.
    Admin,
    /// `org_publisher`.
    Publisher,
    /// `org_user`.
    User,
}

impl Role {
    /// The role's name on the wire.
    pub fn text(self) -> &'static str {
        match self {
            Role::Admin => "org_admin",
            Role::Publisher => "org_publisher",
            Role::User => "org_user",
        }
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The unique username.
    pub username: String,
    /// The user id, 32 hexadecimal digits.
    pub id: String,
    /// First and last name.
    pub full_name: String,
    /// The note about this person on the sign-in page.
    pub note: String,
    /// The built-in role.
    pub role: Role,
    /// The organization's id.
    pub org: String,
    /// The person's actual privileges.
    pub privileges: Vec<String>,
    /// When the account was created, epoch milliseconds.
    pub created: i64,
}

impl User {
    /// True if the person has this privilege.
    pub fn may(&self, privilege: &str) -> bool {
        self.privileges.iter().any(|other| other == privilege)
    }
}

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// The id, 16 letters and digits.
    pub id: String,
    /// The display name.
    pub name: String,
    /// The short name in the organization's host name.
    pub url_key: String,
}
