import "#element";
import theme from "vitepress/theme";

export default theme;
