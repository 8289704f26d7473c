export { Attachments } from "./Attachments";
export { Photo } from "./Photo";
export { usePrimaryPhotos } from "./queries";
