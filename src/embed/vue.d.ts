/** `<arcgis-key-wizard>` in Vue's templates: `import type {} from "arcgis-key-wizard/vue";`. */
import type { DefineComponent, HTMLAttributes } from "vue";
import type { KeyWizardAttributes, KeyWizardEvents } from "./arcgis-key-wizard.js";

type Props = Omit<HTMLAttributes, keyof KeyWizardAttributes> & KeyWizardAttributes;
type Emits = { [Name in keyof KeyWizardEvents]: (event: KeyWizardEvents[Name]) => void };

declare module "vue" {
  interface GlobalComponents {
    "arcgis-key-wizard": DefineComponent<Props, {}, {}, {}, {}, {}, {}, Emits>;
  }
}
