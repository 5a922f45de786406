//! The release of ArcGIS Enterprise, which decides what its keys can do (F-ENTERPRISE-1, F-ENTERPRISE-2).

/// A release of ArcGIS Enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// The product version, such as `11.4`.
    Product(u32, u32),
    /// The version of the REST API, such as `2024.2`.
    Rest(u32, u32),
}

/// The first release with API keys.
const KEYS: [Release; 2] = [Release::Product(11, 4), Release::Rest(2024, 2)];
/// The first release whose keys can have privileges of the portal itself.
const PORTAL_PRIVILEGES: [Release; 2] = [Release::FIRST_WITH_PORTAL_PRIVILEGES, Release::Rest(2025, 1)];
/// The product versions of REST API versions.
const NAMES: [((u32, u32), &str); 4] =
    [((2024, 1), "11.3"), ((2024, 2), "11.4"), ((2025, 1), "11.5"), ((2025, 2), "12.0")];

impl Release {
    /// The first release whose keys can have privileges other than location services and item access.
    pub const FIRST_WITH_PORTAL_PRIVILEGES: Self = Self::Product(11, 5);

    /// Parses `enterpriseVersion`, such as `11.3.0`, or else `currentVersion`, such as `2024.1`.
    pub fn read(enterprise: Option<&str>, current: Option<&str>) -> Option<Self> {
        let product = enterprise.and_then(numbers).map(|(major, minor)| Self::Product(major, minor));
        product.or_else(|| current.and_then(numbers).map(|(year, number)| Self::Rest(year, number)))
    }

    /// Whether it can create API keys.
    pub fn makes_keys(self) -> bool {
        self.is_at_least(KEYS)
    }

    /// Whether its keys can have privileges other than location services and item access.
    pub fn grants_portal_privileges(self) -> bool {
        self.is_at_least(PORTAL_PRIVILEGES)
    }

    /// The product version.
    pub fn name(self) -> String {
        match self {
            Self::Product(major, minor) => format!("{major}.{minor}"),
            Self::Rest(year, number) => {
                let known = NAMES.iter().find(|(release, _)| *release == (year, number));
                known.map_or_else(|| format!("{year}.{number}"), |(_, name)| (*name).to_owned())
            }
        }
    }

    fn is_at_least(self, first: [Self; 2]) -> bool {
        first.iter().any(|first| match (self, *first) {
            (Self::Product(major, minor), Self::Product(first_major, first_minor)) => {
                (major, minor) >= (first_major, first_minor)
            }
            (Self::Rest(year, number), Self::Rest(first_year, first_number)) => {
                (year, number) >= (first_year, first_number)
            }
            _ => false,
        })
    }
}

/// The first two numbers. Not a decimal fraction, because 11.10 comes after 11.9.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().split('.');
    let first = parts.next()?.parse().ok()?;
    let second = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    Some((first, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_says_what_its_keys_can_do() {
        for (enterprise, current, name, keys, portal) in [
            (Some("11.3.0"), Some("2024.1"), "11.3", false, false),
            (Some("11.4"), None, "11.4", true, false),
            (Some("11.5.0"), Some("2024.1"), "11.5", true, true),
            (Some("11.10"), None, "11.10", true, true),
            (Some("12"), None, "12.0", true, true),
            (Some("10.9.1"), None, "10.9", false, false),
            (None, Some("2024.1"), "11.3", false, false),
            (None, Some("2024.2"), "11.4", true, false),
            (None, Some("2025.1"), "11.5", true, true),
            (None, Some("2025.2"), "12.0", true, true),
            (None, Some("2026.1"), "2026.1", true, true),
            (None, Some("2023.2"), "2023.2", false, false),
            (Some("x"), Some("2024.2"), "11.4", true, false),
        ] {
            let release = Release::read(enterprise, current).expect("one of both is a release");
            let found = (release.name(), release.makes_keys(), release.grants_portal_privileges());
            assert_eq!(found, (name.to_owned(), keys, portal), "{enterprise:?} {current:?}");
        }
    }

    #[test]
    fn what_is_no_release_is_none() {
        for text in [None, Some(""), Some("x.1"), Some("11.x"), Some("-11.4"), Some("99999999999.1")] {
            assert_eq!(Release::read(text, text), None, "{text:?}");
        }
    }
}
