import { useLingui } from "@lingui/react/macro";
import { Box, Dialog, DialogContent, IconButton } from "@mui/material";
import { useRef, useState } from "react";
import { useChange, useMay } from "@/api";
import { Card, ErrorState, Icon, LinesSkeleton, notify } from "@/design";
import { Documents } from "./Documents";
import { DropZone } from "./DropZone";
import { Photo } from "./Photo";
import { PhotoTile } from "./PhotoTile";
import {
  type Attachment,
  attach,
  changeAttachment,
  type Owner,
  orderPhotos,
  removeAttachment,
  touches,
  useAttachments,
} from "./queries";

/** The photos and documents of any thing, with all that may be done to them. */
export function Attachments({ owner }: { owner: Owner }) {
  const { t } = useLingui();
  const mayWrite = useMay("attachments.write");
  const { data: all, error, refetch } = useAttachments(owner);
  const add = useUpload(owner);
  const remove = useChange({
    change: (one: Attachment) => removeAttachment(one.id),
    touches,
    said: (_, one) => t`${one.name} is removed.`,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const photos = (all ?? []).filter((one) => one.kind === "photo");
  const documents = (all ?? []).filter((one) => one.kind === "document");
  return (
    <Card title={t`Photos and documents`}>
      <Box sx={{ display: "grid", gap: 2.5 }}>
        {all ? (
          <Gallery owner={owner} photos={photos} mayWrite={mayWrite} onRemove={(one) => remove.mutate(one)} />
        ) : (
          <LinesSkeleton lines={3} />
        )}
        <Documents documents={documents} mayWrite={mayWrite} onRemove={(one) => remove.mutate(one)} />
        {mayWrite && <DropZone busy={add.isPending} onFiles={(files) => files.length && add.mutate(files)} />}
      </Box>
    </Card>
  );
}

async function attachOrTell(owner: Owner, file: File): Promise<void> {
  try {
    await attach(owner, file);
  } catch (problem) {
    notify(problem instanceof Error ? problem.message : String(problem), { kind: "bad" });
  }
}

/** One file after the other: those that are refused are named, the others stay. */
function useUpload(owner: Owner) {
  return useChange({
    change: async (files: File[]) => {
      for (const file of files) await attachOrTell(owner, file);
    },
    touches,
  });
}

interface GalleryProps {
  owner: Owner;
  photos: Attachment[];
  mayWrite: boolean;
  onRemove: (photo: Attachment) => void;
}

function Gallery({ owner, photos, mayWrite, onRemove }: GalleryProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState<Attachment>();
  const grabbed = useRef<number>(undefined);
  const lead = useChange({ change: (id: string) => changeAttachment(id, { primary: true }), touches });
  const order = useChange({ change: (ids: string[]) => orderPhotos(owner, ids), touches });
  const move = (from: number | undefined, to: number) => {
    const ids = photos.map((one) => one.id);
    const [moved] = from === undefined ? [] : ids.splice(from, 1);
    if (!moved || from === to) return;
    ids.splice(to, 0, moved);
    order.mutate(ids);
  };
  if (!photos.length) return null;
  return (
    <>
      <Box
        component="ul"
        aria-label={t`Photos`}
        sx={{
          listStyle: "none",
          m: 0,
          p: 0,
          display: "grid",
          gap: 2,
          gridTemplateColumns: "repeat(auto-fill, minmax(9rem, 1fr))",
        }}
      >
        {photos.map((photo, index) => (
          <PhotoTile
            key={photo.id}
            photo={photo}
            mayWrite={mayWrite}
            isLast={index === photos.length - 1}
            onOpen={() => setOpen(photo)}
            onLead={() => lead.mutate(photo.id)}
            onRemove={() => onRemove(photo)}
            onMove={(by) => move(index, index + by)}
            onGrab={() => {
              grabbed.current = index;
            }}
            onDrop={() => move(grabbed.current, index)}
          />
        ))}
      </Box>
      <Dialog
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        maxWidth="lg"
        aria-label={open?.name}
      >
        <IconButton
          aria-label={t`Close`}
          onClick={() => setOpen(undefined)}
          sx={{ alignSelf: "flex-end", m: 1 }}
        >
          <Icon name="close" />
        </IconButton>
        <DialogContent sx={{ pt: 0 }}>
          {open && (
            <Photo id={open.id} size="large" alt={open.caption ?? open.name} side="70vmin" cover={false} />
          )}
        </DialogContent>
      </Dialog>
    </>
  );
}
