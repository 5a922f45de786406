/** A portal to sign in to, as in `config.json`. */
export interface KeyWizardPortal {
  /** Its name in links: letters, digits, `-` and `_`. */
  id: string;
  /** What people call it. */
  name: string;
  /** Its address, such as `https://www.arcgis.com`. */
  url: string;
  /** The client id of the OAuth credentials registered there for the callback page. Public by nature. */
  clientId: string;
}

/** The contents of `config.json`. */
export interface KeyWizardConfig {
  /** Where the schema is; for editors. */
  $schema?: string;
  portals: KeyWizardPortal[];
  /** Whether a person may type another portal's address and client id. */
  allowOtherPortals?: boolean;
  /** Of the page in a frame; the element takes no notice. */
  frameAncestors?: string[];
}

/** What the form begins with; every key is optional. */
export interface KeyWizardRecipe {
  /** Where the schema is; for editors. */
  $schema?: string;
  /** Days from today, such as `90d`, or a date, such as `2026-12-31`. */
  expires?: string;
  referrers?: string[] | string;
  privileges?: string[] | string;
  items?: string[] | string;
  title?: string;
  folder?: string;
  tags?: string;
  summary?: string;
  /** Where the key will be used. */
  usage?: "web-page" | "scripts" | "native";
  /** Names of presets, between commas: what a tutorial, a task or an SDK needs, such as `show-a-map`. */
  preset?: string;
  /** The id of a configured portal. */
  portal?: string;
}

/** The wizard's steps. */
export type KeyWizardStep =
  | "credentials"
  | "privileges"
  | "item-access"
  | "details"
  | "summary"
  | "progress"
  | "key";

/** What was made; never the key. */
export interface KeyWizardCreated {
  /** The id of the item in the portal. */
  item: string;
  title: string;
  /** When the key stops working, as ISO 8601. */
  expires: string;
  privileges: string[];
  referrers: string[];
  slot: 1 | 2;
  /** Whether a key was generated now. */
  key: boolean;
}

/** The events, all of which bubble and leave shadow roots. */
export interface KeyWizardEvents {
  ready: CustomEvent<Record<string, never>>;
  "signed-in": CustomEvent<{ portal: string; username: string }>;
  step: CustomEvent<{ step: KeyWizardStep }>;
  created: CustomEvent<KeyWizardCreated>;
  copied: CustomEvent<Record<string, never>>;
  cancelled: CustomEvent<Record<string, never>>;
  error: CustomEvent<{ code: "load" | "broken" | "config" | "sign-in" | "refused" | "differs" | "no-answer" }>;
}

/** These and the browser's own. */
export interface KeyWizardEventMap extends Omit<HTMLElementEventMap, keyof KeyWizardEvents>, KeyWizardEvents {}

/** `<arcgis-key-wizard>` */
export class ArcgisKeyWizard extends HTMLElement {
  /** The address of a `config.json`, or its contents. Without it, and without `clientId`, the one beside the module. */
  get config(): string | KeyWizardConfig;
  set config(value: string | KeyWizardConfig | null | undefined);
  /** With `clientId` and without `config`: the portal's address. Else the id of a configured portal. */
  portal: string;
  clientId: string;
  /** JSON, its address, or the recipe itself. */
  get recipe(): string | KeyWizardRecipe;
  set recipe(value: string | KeyWizardRecipe | null | undefined);
  /** The language of dates, such as `de-CH`. */
  locale: string;
  theme: "" | "light" | "dark";
  mode: "" | "inline" | "button";
  expires: string;
  get referrers(): string;
  set referrers(value: string | string[] | null | undefined);
  get privileges(): string;
  set privileges(value: string | string[] | null | undefined);
  get items(): string;
  set items(value: string | string[] | null | undefined);
  title: string;
  folder: string;
  tags: string;
  summary: string;
  usage: "" | "web-page" | "scripts" | "native";
  preset: string;
  /** Shows the wizard: opens its dialog, or brings the element into sight. */
  open(): void;
  /** Begins anew: ends the session, forgets what was typed, and reads the attributes again. */
  reset(): void;
  addEventListener<K extends keyof KeyWizardEventMap>(
    type: K,
    listener: (this: ArcgisKeyWizard, event: KeyWizardEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof KeyWizardEventMap>(
    type: K,
    listener: (this: ArcgisKeyWizard, event: KeyWizardEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "arcgis-key-wizard": ArcgisKeyWizard;
  }
}
