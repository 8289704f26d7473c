import { Box } from "@mui/material";
import { light, mono, tones } from "./tokens";

/** What the server says of a query that it cannot read, and from where to where in it. */
export interface QueryFault {
  query: string;
  start: number;
  end: number;
  problem: string;
}

/** The fault behind an error, if that is what it tells of. */
export function queryFault(error: unknown): QueryFault | null {
  const { code, facts } = (error ?? {}) as { code?: string; facts?: Partial<QueryFault> };
  if (code !== "search.bad_query" || !facts) return null;
  const { query = "", start = 0, end = 0, problem = "" } = facts;
  return { query, start, end, problem };
}

/** A query with its fault underlined and carets below it, and the sentence that says what is wrong. */
export function QueryMark({ fault }: { fault: QueryFault }) {
  const { query, start, end, problem } = fault;
  const wrong = query.slice(start, end) || " ";
  return (
    <Box role="status" sx={{ px: 2, py: 1.5, fontSize: "0.875rem" }}>
      <Box
        aria-hidden
        sx={{
          fontFamily: mono,
          whiteSpace: "pre",
          overflowX: "auto",
          color: light.textQuiet,
          lineHeight: 1.35,
        }}
      >
        <div>
          {query.slice(0, start)}
          <Box component="span" sx={{ color: tones.bad.text, fontWeight: 700 }}>
            {wrong}
          </Box>
          {query.slice(end)}
        </div>
        <Box sx={{ color: tones.bad.text }}>{" ".repeat(start) + "^".repeat(wrong.length)}</Box>
      </Box>
      <Box sx={{ mt: 0.5, color: tones.bad.text }}>{`${problem}.`}</Box>
    </Box>
  );
}
