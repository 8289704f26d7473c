/** The names of a slider's two ends stay within it instead of hanging over its edges. */
export const endsInside = {
  "& .MuiSlider-markLabel[data-index='0']": { transform: "translateX(-14px)" },
  "& .MuiSlider-markLabel[data-index='1']": { transform: "translateX(calc(-100% + 14px))" },
};
