export { useFirstView } from "./queries";
export { ViewMenu } from "./ViewMenu";
