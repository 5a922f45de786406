//! The notices of a wizard that a link or a recipe filled in, and the tools that create links and recipes.

use crate::page::Page;
use crate::target::Target;

/// The notice above a form that was filled in.
pub struct Prefilled<'p>(pub &'p Page);

impl<'p> Prefilled<'p> {
    /// Its title after a link.
    pub const BY_LINK: &'static str = "Filled in by a link";
    /// Its title after a recipe.
    pub const BY_RECIPE: &'static str = "Filled in by a recipe";
    /// Its title for a form filled in from another key.
    pub const BY_ANOTHER: &'static str = "Filled in from another credential";
    /// Its title for a form filled in without a sign-in.
    pub const BY_HAND: &'static str = "Filled in before you signed in";
    /// Its title if a link was rejected as a whole.
    pub const LINK_REFUSED: &'static str = "The link was not used";
    /// Its title if a recipe was rejected as a whole.
    pub const RECIPE_REFUSED: &'static str = "The recipe was not used";
    /// The notice about restrictions that could not be applied.
    pub const UNRESOLVED: &'static str = "Some restrictions are not applied";
    /// The question about administrative privileges.
    pub const QUESTION: &'static str = "Should the key have administrative privileges?";

    /// The notice with this title.
    pub fn titled(&self, title: &str) -> Target<'p> {
        self.0.group(title)
    }

    /// The question with its two options.
    pub fn question(&self) -> Target<'p> {
        self.0.group(Self::QUESTION)
    }

    /// Expands the list of what was not used.
    pub async fn open_left_out(&self) {
        self.0.button("* not used").click().await;
    }

    /// Closes the notice.
    pub async fn hide(&self) {
        self.0.button("Hide this").click().await;
    }
}

/// The part of the Summary that creates links and recipes.
pub struct Reuse<'p>(pub &'p Page);

impl Reuse<'_> {
    /// Opens it while restrictions are unresolved, when it offers neither a link nor a recipe.
    pub async fn open_unresolved(&self) {
        self.0.button("Use these answers again").click().await;
        self.0.shows("First decide about the restrictions above.").await;
        assert!(!self.recipe_link().exists().await);
    }

    /// Opens it.
    pub async fn open(&self) {
        self.0.button("Use these answers again").click().await;
        self.recipe_link().wait().await;
    }

    /// The link that downloads the recipe.
    fn recipe_link(&self) -> Target<'_> {
        self.0.link("Download recipe")
    }

    /// Presses `Copy link`, `Copy HTML button` or `Copy element`; returns the text that the page wrote to the
    /// clipboard.
    pub async fn copy(&self, button: &str) -> String {
        self.0.button(button).click().await;
        self.0.announces("Copied").await;
        self.0.clipboard().await
    }

    /// Downloads the recipe into this folder, the browser's downloads folder; returns its text.
    pub async fn download(&self, folder: &std::path::Path) -> String {
        self.recipe_link().click().await;
        let file = folder.join("api-key-recipe.json");
        let read = || std::fs::read_to_string(&file).unwrap_or_default();
        self.0.until("the recipe is downloaded", async || read().ends_with("}\n")).await;
        read()
    }
}

/// The field of the start page that accepts a recipe.
pub struct RecipeField<'p>(pub &'p Page);

impl RecipeField<'_> {
    /// Chooses a file with this text.
    pub async fn choose(&self, text: &str) {
        self.0.button("Open a recipe*").wait().await;
        self.0.give_file("[type=file]", &Self::file(text)).await;
    }

    /// Drops a file with this text on the field.
    pub async fn drop(&self, text: &str) {
        self.0.button("Open a recipe*").drop_file(&Self::file(text)).await;
    }

    /// Creates a file with this text.
    pub fn file(text: &str) -> std::path::PathBuf {
        let path = folder().join("recipe.json");
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path
    }
}

/// Creates a new folder for one test.
fn folder() -> std::path::PathBuf {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("akw-links-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&path).expect("the temporary folder is writable");
    path
}
