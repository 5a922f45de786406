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
  tags?: string[] | string;
  summary?: string;
  /** Where the key will be used. */
  usage?: "web-page" | "scripts" | "native";
  /** Names of presets: what a tutorial, a task or an SDK needs, such as `show-a-map`. */
  preset?: string[] | string;
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
  "akw-ready": CustomEvent<Record<string, never>>;
  "akw-signed-in": CustomEvent<{ portal: string; username: string }>;
  "akw-step": CustomEvent<{ step: KeyWizardStep }>;
  "akw-created": CustomEvent<KeyWizardCreated>;
  "akw-copied": CustomEvent<Record<string, never>>;
  "akw-cancelled": CustomEvent<Record<string, never>>;
  "akw-error": CustomEvent<{ code: "load" | "broken" | "config" | "sign-in" | "refused" | "differs" | "no-answer" }>;
}

/** The attributes as HTML writes them; frameworks set objects and lists as properties. */
export interface KeyWizardAttributes {
  config?: string | KeyWizardConfig;
  portal?: string;
  "client-id"?: string;
  recipe?: string | KeyWizardRecipe;
  locale?: string;
  theme?: "" | "light" | "dark";
  mode?: "" | "inline" | "button";
  "assets-path"?: string;
  examples?: string;
  "heading-level"?: string;
  expires?: string;
  referrers?: string | string[];
  privileges?: string | string[];
  items?: string | string[];
  title?: string;
  folder?: string;
  tags?: string;
  summary?: string;
  usage?: "" | "web-page" | "scripts" | "native";
  preset?: string;
}

/** The events as React and Preact listen to them: `onakw-created`. */
export type KeyWizardListeners = {
  [Name in keyof KeyWizardEvents as `on${Name}`]?: (event: KeyWizardEvents[Name]) => void;
};

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
  /** Without it, the color scheme of the page around. */
  theme: "" | "light" | "dark";
  mode: "" | "inline" | "button";
  /** The address of the folder that holds the other files; for bundled modules. */
  assetsPath: string;
  /** A text that the key takes the place of in the page's blocks of code, once the reader asks for it. */
  examples: string;
  /** How deep the heading of a step is among the headings of the page, `1` to `5`; `2` by default. */
  headingLevel: string;
  /** Whether a key is on the screen that would be lost with the element: neither copied nor saved. */
  readonly busy: boolean;
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
  /** Resolves with the element once its wizard is there, as `akw-ready` tells; after `reset()`, with the next one. */
  componentOnReady(): Promise<this>;
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
