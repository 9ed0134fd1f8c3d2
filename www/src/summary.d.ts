/** Made at build time from the package's own tables (build/summary.ts). */
declare module "virtual:summary" {
  export interface ProfileSummary {
    name: import("grantwise").ProfileName;
    title: string;
    /** Of the profile that the page opens on; the others come later. */
    character?: string;
  }
  /** By what they describe, and by their titles. */
  export const kinds: readonly { readonly heading: string; readonly profiles: readonly ProfileSummary[] }[];
  export const profiles: readonly ProfileSummary[];
  export const counts: { readonly profiles: number; readonly knobs: number; readonly rules: number };
}

declare module "virtual:characters" {
  export const characters: Readonly<Record<import("grantwise").ProfileName, string>>;
}
