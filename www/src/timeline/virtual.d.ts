declare module "virtual:scenarios" {
  export const scenarios: readonly import("./model.ts").Scenario[];
}
