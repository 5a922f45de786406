//! The portal's refusals: HTTP 200 with an `error` object (F-ERROR-1).

use serde_json::{Value, json};

/// One refusal, ready to be serialized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The code inside the body; the HTTP status stays 200.
    pub code: i64,
    /// The portal's own code such as `CONT_0001`, if any.
    pub message_code: Option<&'static str>,
    /// The message.
    pub message: String,
    /// Further messages, often empty.
    pub details: Vec<String>,
    /// The OAuth error name; if set, `error_description` repeats the message.
    pub oauth: Option<&'static str>,
}

impl Refusal {
    /// A refusal with a code and a message.
    pub fn new(code: i64, message: &str) -> Refusal {
        Refusal { code, message_code: None, message: message.to_owned(), details: Vec::new(), oauth: None }
    }

    /// A refusal with the portal's own code, too.
    pub fn coded(code: i64, message_code: &'static str, message: &str) -> Refusal {
        Refusal { message_code: Some(message_code), ..Refusal::new(code, message) }
    }

    /// An OAuth refusal: adds `error` and `error_description` to the usual fields (F-ERROR-2).
    pub fn oauth(code: i64, error: &'static str, message: &str) -> Refusal {
        Refusal { oauth: Some(error), ..Refusal::new(code, message) }
    }

    /// Sets the details.
    pub fn with_details(mut self, details: Vec<String>) -> Refusal {
        self.details = details;
        self
    }

    /// Missing privilege, not the owner, or the wrong kind of token (F-ERROR-5).
    pub fn forbidden() -> Refusal {
        Refusal::coded(
            403,
            "GWM_0003",
            "You do not have permissions to access this resource or perform this operation.",
        )
    }

    /// Wrong id, deleted, or no access (F-ERROR-6).
    pub fn no_item() -> Refusal {
        Refusal::coded(400, "CONT_0001", "Item does not exist or is inaccessible.")
    }

    /// Expired or malformed token, or a referrer that does not match (F-ERROR-3).
    pub fn invalid_token() -> Refusal {
        Refusal::new(498, "Invalid token.")
    }

    /// No token on a private resource (F-ERROR-4).
    pub fn token_required() -> Refusal {
        Refusal::coded(499, "GWM_0003", "Token Required")
    }

    /// The folder in the path does not belong to this user (F-FOLDER-5; the code is inferred).
    pub fn no_folder() -> Refusal {
        Refusal::new(400, "User folder does not exist.")
    }

    /// Unknown client id, at the token endpoint and at the app endpoints (F-ERROR-8).
    pub fn no_client() -> Refusal {
        Refusal::oauth(400, "invalid_client_id", "Invalid client_id")
    }

    /// The JSON body.
    pub fn body(&self) -> Value {
        let mut error = json!({
            "code": self.code,
            "message": self.message,
            "details": self.details,
        });
        if let Some(message_code) = self.message_code {
            error["messageCode"] = json!(message_code);
        }
        if let Some(name) = self.oauth {
            error["error"] = json!(name);
            error["error_description"] = json!(self.message);
        }
        json!({ "error": error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_oauth_refusal_carries_both_shapes() {
        let body = Refusal::oauth(400, "invalid_request", "Invalid redirect_uri").body();
        assert_eq!(
            body,
            json!({"error": {"code": 400, "error": "invalid_request",
                "error_description": "Invalid redirect_uri",
                "message": "Invalid redirect_uri", "details": []}})
        );
    }

    #[test]
    fn a_portal_refusal_names_its_own_code() {
        assert_eq!(Refusal::no_item().body()["error"]["messageCode"], "CONT_0001");
        assert_eq!(Refusal::invalid_token().body()["error"].get("messageCode"), None);
    }
}
