export { type Channel, stateQuery, useChannels } from "./queries";
export { Health } from "./words";
