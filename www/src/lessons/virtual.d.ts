declare module "virtual:lessons" {
  /** In their order. */
  export const lessons: readonly { id: string; title: string; question: string; file: string }[];
}
