/** `<arcgis-key-wizard>` in TSX: `import type {} from "arcgis-key-wizard/react";`. React 19 and later. */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ArcgisKeyWizard, KeyWizardAttributes, KeyWizardListeners } from "./arcgis-key-wizard.js";

/** What TSX takes: HTML's own, the element's attributes as they are written in HTML, and `onakw-…` for its events. */
export type KeyWizardProps = Omit<DetailedHTMLProps<HTMLAttributes<ArcgisKeyWizard>, ArcgisKeyWizard>, keyof KeyWizardAttributes> &
  KeyWizardAttributes &
  KeyWizardListeners;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "arcgis-key-wizard": KeyWizardProps;
    }
  }
}
