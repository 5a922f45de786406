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
    /// The role as the portal writes it.
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
    /// The username, which is unique.
    pub username: String,
    /// The user id, 32 hexadecimal digits.
    pub id: String,
    /// First and last name.
    pub full_name: String,
    /// What the sign-in page says of this person.
    pub note: String,
    /// The built-in role.
    pub role: Role,
    /// The organization's id.
    pub org: String,
    /// The privileges the person really has.
    pub privileges: Vec<String>,
    /// When the account was made, epoch milliseconds.
    pub created: i64,
}

impl User {
    /// True when the person has this privilege.
    pub fn may(&self, privilege: &str) -> bool {
        self.privileges.iter().any(|it| it == privilege)
    }
}

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// The id, 16 letters and digits.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// The short name of the organization's host.
    pub url_key: String,
}
