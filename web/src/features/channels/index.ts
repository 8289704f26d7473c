export { ChannelName, useChannelName } from "./names";
export { type Channel, stateQuery, syncChannel, useChannels } from "./queries";
export { Health } from "./words";
