import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Quantity, StatusChip, type Tone } from "@/design";
import { percent } from "@/lib/format";
import type { PlaceStock } from "./binQueries";

export function useBinKinds(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "zone", label: t`Zone` },
    { value: "aisle", label: t`Aisle` },
    { value: "shelf", label: t`Shelf` },
    { value: "bin", label: t`Bin` },
  ];
}

export function useBinTypes(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "storage", label: t`Storage` },
    { value: "pick", label: t`Pick face` },
    { value: "receiving", label: t`Receiving` },
    { value: "quarantine", label: t`Quarantine: not for sale` },
    { value: "damaged", label: t`Damaged: not for sale` },
  ];
}

const full = 1;
const nearlyFull = 0.85;

/** How full a place is, in three tones; nothing is said where no capacity is known. */
export function fillTone(fill: string | null | undefined): Tone {
  const share = Number(fill ?? 0);
  if (fill === null || fill === undefined) return "neutral";
  if (share > full) return "bad";
  return share >= nearlyFull ? "warn" : "good";
}

/** Units in a place, of how many fit, and the share as a chip that does not rely on its colour. */
export function Fill({ stock }: { stock: PlaceStock | undefined }) {
  const { t } = useLingui();
  if (!stock) return null;
  const { units, capacity, fill } = stock;
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 1, whiteSpace: "nowrap" }}>
      <span>
        <Quantity value={units} />
        {capacity !== null && (
          <>
            {" / "}
            <Quantity value={capacity} />
          </>
        )}
      </span>
      {fill !== null && (
        <StatusChip
          label={Number(fill) > full ? t`${percent(Number(fill))} · overfull` : percent(Number(fill))}
          tone={fillTone(fill)}
        />
      )}
    </Box>
  );
}
