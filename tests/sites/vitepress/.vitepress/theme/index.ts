import "#element";
import theme from "vitepress/theme";

// VitePress acts on a press before the element hears of it, so its router asks.
const mayLeave = () => {
  const isBusy = document.querySelector("arcgis-key-wizard")?.busy;
  return !isBusy || confirm("Leave the key on this page behind?");
};

export default {
  extends: theme,
  enhanceApp({ router }) {
    router.onBeforeRouteChange = mayLeave;
  },
};
