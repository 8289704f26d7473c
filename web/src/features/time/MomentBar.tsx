import { useLingui } from "@lingui/react/macro";
import { Box, OutlinedInput, Slider } from "@mui/material";
import { useEffect, useState } from "react";
import { Card, endsInside, Segments } from "@/design";
import { Field } from "@/design/form";
import { date } from "@/lib/format";
import { between, shifted } from "./days";
import { type Moment, ranges } from "./useMoment";

const noon = (day: string) => `${day}T12:00:00Z`;
const settleMs = 200;

/** Chooses the moment: a slider over days, the exact day and time, and as what it is seen. */
export function MomentBar({ moment }: { moment: Moment }) {
  const { t } = useLingui();
  const rangeWords = { "30": t`30 days`, "90": t`90 days`, "365": t`1 year`, "1095": t`3 years` };
  return (
    <Card>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "flex-end" }}>
        <Field label={t`Day`}>
          {(aria) => (
            <OutlinedInput
              size="small"
              type="date"
              value={moment.day}
              onChange={(event) => moment.setDay(event.target.value)}
              inputProps={{ ...aria, max: moment.today }}
            />
          )}
        </Field>
        <Field label={t`Time, else the end of the day`}>
          {(aria) => (
            <OutlinedInput
              size="small"
              type="time"
              value={moment.time}
              onChange={(event) => moment.setTime(event.target.value)}
              inputProps={aria}
            />
          )}
        </Field>
        <Segments
          label={t`Seen`}
          value={moment.believed ? "then" : "now"}
          options={[
            { value: "now", label: t`As we know it now` },
            { value: "then", label: t`As we believed it then` },
          ]}
          onChange={(value) => moment.setBelieved(value === "then")}
        />
        <Segments
          label={t`Days of the slider`}
          value={moment.range}
          options={ranges.map((value) => ({ value, label: rangeWords[value] }))}
          onChange={moment.setRange}
        />
      </Box>
      <DaySlider moment={moment} />
    </Card>
  );
}

/** Arrow keys go day by day, page keys by ten; the address follows when the hand rests. */
function DaySlider({ moment }: { moment: Moment }) {
  const { t } = useLingui();
  const { day, today, setDay } = moment;
  const length = Math.max(Number(moment.range) - 1, between(day, today));
  const first = shifted(today, -length);
  const [at, setAt] = useState(between(first, day));
  useEffect(() => setAt(between(first, day)), [first, day]);
  useEffect(() => {
    const chosen = shifted(first, at);
    if (chosen === day) return;
    const timer = setTimeout(() => setDay(chosen), settleMs);
    return () => clearTimeout(timer);
  });
  const shown = date(noon(shifted(first, at)));
  return (
    <Box sx={{ px: 1.5, pt: 2 }}>
      <Slider
        aria-label={t`Day`}
        getAriaValueText={() => shown}
        value={at}
        min={0}
        max={length}
        step={1}
        shiftStep={10}
        valueLabelDisplay="auto"
        valueLabelFormat={shown}
        marks={[
          { value: 0, label: date(noon(first)) },
          { value: length, label: t`Today` },
        ]}
        onChange={(_, value) => setAt(value as number)}
        sx={endsInside}
      />
    </Box>
  );
}
