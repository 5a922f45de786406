// What an author writes in TSX and beside Vue's templates: right names pass, wrong ones do not.
import type { ArcgisKeyWizard, KeyWizardCreated } from "arcgis-key-wizard";
import type {} from "arcgis-key-wizard/react";
import type {} from "arcgis-key-wizard/vue";
import type { GlobalComponents } from "vue";

export const element = (
  <arcgis-key-wizard
    id="keys"
    client-id="abc"
    theme="dark"
    privileges="premium:user:basemaps"
    onakw-created={(event) => told(event.detail)}
    onakw-signed-in={(event) => event.detail.username.length}
  />
);
// @ts-expect-error There is no such theme.
export const theme = <arcgis-key-wizard theme="blue" />;
// @ts-expect-error There is no such attribute.
export const attribute = <arcgis-key-wizard previleges="premium:user:basemaps" />;

const told = (created: KeyWizardCreated) => created.title;

export const props: InstanceType<GlobalComponents["arcgis-key-wizard"]>["$props"] = { mode: "button", expires: "90d" };
// @ts-expect-error There is no such mode.
props.mode = "link";

export async function ready(it: ArcgisKeyWizard) {
  const same: ArcgisKeyWizard = await it.componentOnReady();
  same.addEventListener("akw-step", (event) => event.detail.step === "summary");
  return same.busy;
}
