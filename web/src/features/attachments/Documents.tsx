import { useLingui } from "@lingui/react/macro";
import { Box, Button, IconButton } from "@mui/material";
import { DateTime, Icon, light, notify } from "@/design";
import { short } from "@/lib/format";
import { type Attachment, download } from "./queries";

interface DocumentsProps {
  documents: Attachment[];
  mayWrite: boolean;
  onRemove: (document: Attachment) => void;
}

/** Documents by name, to be saved or removed. */
export function Documents({ documents, mayWrite, onRemove }: DocumentsProps) {
  const { t } = useLingui();
  if (!documents.length) return null;
  const save = (one: Attachment) =>
    download(one).catch((problem: Error) => notify(problem.message, { kind: "bad" }));
  return (
    <Box component="ul" aria-label={t`Documents`} sx={{ listStyle: "none", m: 0, p: 0 }}>
      {documents.map((one) => (
        <Box
          component="li"
          key={one.id}
          sx={{
            display: "flex",
            alignItems: "center",
            gap: 1.5,
            py: 0.5,
            borderTop: `1px solid ${light.lineSoft}`,
          }}
        >
          <Button startIcon={<Icon name="download" />} onClick={() => void save(one)} sx={{ minWidth: 0 }}>
            {one.name}
          </Button>
          <Box sx={{ flex: 1, fontSize: "0.8125rem", color: "text.secondary" }}>
            {t`${short(one.size)}B`} · <DateTime value={one.created_at} relative /> · {one.created_by}
          </Box>
          {mayWrite && (
            <IconButton size="small" aria-label={t`Remove ${one.name}`} onClick={() => onRemove(one)}>
              <Icon name="trash" sx={{ fontSize: 18 }} />
            </IconButton>
          )}
        </Box>
      ))}
    </Box>
  );
}
