import { Box } from "@mui/material";
import { useEffect, useState } from "react";
import { Icon, light, radius } from "@/design";
import { type Size, useThumbnail } from "./queries";

interface PhotoProps {
  /** The attachment, or nothing where there is no photo. */
  id: string | undefined;
  size: Size;
  /** What it shows; empty where the name stands beside it. */
  alt: string;
  /** In the units of the theme. */
  side?: number | string;
  cover?: boolean;
}

/** A photo, or a quiet square where there is none. */
export function Photo({ id, size, alt, side = 5, cover = true }: PhotoProps) {
  const { data: blob } = useThumbnail(id ?? "", size);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  const length =
    typeof side === "number" ? (theme: { spacing: (n: number) => string }) => theme.spacing(side) : side;
  const box = {
    width: length,
    height: length,
    borderRadius: radius.box,
    border: `1px solid ${light.lineSoft}`,
  };
  if (id && address)
    return (
      <Box
        component="img"
        src={address}
        alt={alt}
        sx={{ ...box, objectFit: cover ? "cover" : "contain", display: "block", maxWidth: "100%" }}
      />
    );
  return (
    <Box
      aria-hidden
      sx={{ ...box, display: "grid", placeItems: "center", color: "text.disabled", bgcolor: "action.hover" }}
    >
      <Icon name="box" />
    </Box>
  );
}
