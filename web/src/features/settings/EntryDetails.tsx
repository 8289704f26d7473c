import { useLingui } from "@lingui/react/macro";
import { Box, Button, Popover, Typography } from "@mui/material";
import { useState } from "react";
import { DateTime, light, radius, size } from "@/design";
import { changedFields, type FieldChange } from "./changes";
import { useFieldName } from "./fieldWords";
import type { Entry } from "./queries";
import { useSentence } from "./useSentence";
import { useWritten } from "./written";

/** Everything that is kept of a change, behind a button. */
export function EntryDetails({ entry }: { entry: Entry }) {
  const { t } = useLingui();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
        {t`Details`}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
        slotProps={{
          paper: {
            role: "dialog",
            "aria-label": t`Details`,
            sx: { p: 2.5, width: size.drawer, maxWidth: "94vw" },
          },
        }}
      >
        <Told entry={entry} />
      </Popover>
    </>
  );
}

function Told({ entry }: { entry: Entry }) {
  const { t } = useLingui();
  const sentence = useSentence()(entry);
  const fields = changedFields(entry.before, entry.after);
  const address = entry.address;
  return (
    <>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {sentence}
      </Typography>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ mb: fields.length ? 1.5 : 0 }}>
        <DateTime value={entry.recorded_at} />
        {address && ` · ${t`from ${address}`}`}
        {entry.key_id && ` · ${t`with an API key`}`}
      </Typography>
      <Box component="dl" sx={{ m: 0, display: "grid", gap: 1, fontSize: "0.8125rem" }}>
        {fields.map((field) => (
          <Field key={field.name} field={field} isChange={Boolean(entry.before && entry.after)} />
        ))}
      </Box>
    </>
  );
}

function Field({ field, isChange }: { field: FieldChange; isChange: boolean }) {
  const name = useFieldName()(field.name);
  const written = useWritten();
  const [before, after] = [written(field.name, field.before), written(field.name, field.after)];
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: "2fr 5fr", gap: 1.5 }}>
      <Box component="dt" sx={{ color: "text.secondary", "&::first-letter": { textTransform: "uppercase" } }}>
        {name}
      </Box>
      <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>
        {isChange ? (
          <>
            <Box component="del" sx={{ color: "text.secondary" }}>
              {before}
            </Box>
            {" → "}
            <Box
              component="ins"
              sx={{ textDecoration: "none", bgcolor: light.page, px: 0.5, borderRadius: radius.chip }}
            >
              {after}
            </Box>
          </>
        ) : field.after === null ? (
          before
        ) : (
          after
        )}
      </Box>
    </Box>
  );
}
