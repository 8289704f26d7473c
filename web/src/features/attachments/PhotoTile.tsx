import { useLingui } from "@lingui/react/macro";
import { Box, ButtonBase, IconButton } from "@mui/material";
import type { DragEvent } from "react";
import { Icon, type IconName, StatusChip } from "@/design";
import { Photo } from "./Photo";
import type { Attachment } from "./queries";

interface PhotoTileProps {
  photo: Attachment;
  mayWrite: boolean;
  isLast: boolean;
  onOpen: () => void;
  onLead: () => void;
  onRemove: () => void;
  /** By so many places to the left (−1) or right (1). */
  onMove: (by: number) => void;
  onGrab: () => void;
  onDrop: () => void;
}

/** One photo of a gallery: it opens, is moved by drag or by button, leads, or goes. */
export function PhotoTile({ photo, mayWrite, isLast, ...on }: PhotoTileProps) {
  const { t } = useLingui();
  const { name } = photo;
  const verbs: [IconName, string, () => void, boolean][] = [
    ["arrowLeft", t`Move ${name} forward`, () => on.onMove(-1), photo.position === 0],
    ["arrowRight", t`Move ${name} back`, () => on.onMove(1), isLast],
    ["pin", t`Show ${name} first`, on.onLead, photo.primary],
    ["trash", t`Remove ${name}`, on.onRemove, false],
  ];
  return (
    <Box
      component="li"
      draggable={mayWrite}
      onDragStart={on.onGrab}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        event.stopPropagation();
        on.onDrop();
      }}
      sx={{ position: "relative", minWidth: 0 }}
    >
      <ButtonBase
        onClick={on.onOpen}
        aria-label={t`Open ${name}`}
        sx={{ width: "100%", aspectRatio: "1", display: "block" }}
      >
        <Photo id={photo.id} size="medium" alt={photo.caption ?? name} side="100%" />
      </ButtonBase>
      {photo.primary && (
        <Box sx={{ position: "absolute", top: 8, left: 8 }}>
          <StatusChip label={t`First`} tone="info" />
        </Box>
      )}
      {mayWrite && (
        <Box sx={{ display: "flex", justifyContent: "center" }}>
          {verbs.map(([icon, label, run, disabled]) => (
            <IconButton key={icon} size="small" aria-label={label} onClick={run} disabled={disabled}>
              <Icon name={icon} sx={{ fontSize: 18 }} />
            </IconButton>
          ))}
        </Box>
      )}
    </Box>
  );
}
