import { Alert } from "@mui/material";

/** What nobody could guess, in one place. */
export function Doubts({ doubts }: { doubts: string[] }) {
  if (!doubts.length) return null;
  return (
    <Alert severity="warning" variant="outlined" sx={{ mb: 2 }}>
      {doubts.map((doubt) => (
        <div key={doubt}>{doubt}</div>
      ))}
    </Alert>
  );
}
