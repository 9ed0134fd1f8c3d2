// One file, so that one request brings everything that the first answer does without.
export { CopyItems } from "./CopyItems.tsx";
export { Differ } from "./Differ.tsx";
export { Gallery } from "./Gallery.tsx";
export { Keys } from "./Keys.tsx";
export { MakeIt } from "./MakeIt.tsx";
export { More } from "./More.tsx";
export { OneMore } from "./OneMore.tsx";
export { RequestForm } from "./RequestForm.tsx";
export { Settings } from "./Settings.tsx";
export { Whose } from "./Whose.tsx";
export { WhyInFull } from "./WhyInFull.tsx";
