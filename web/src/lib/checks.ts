import { isDecimal, sign } from "./decimal";

/** Checks of a form's fields: nothing when all is well, else the sentence given. */
export function filled(text: string, sentence: string): string | undefined {
  return text.trim() ? undefined : sentence;
}

export function positive(text: string, sentence: string): string | undefined {
  return isDecimal(text) && sign(text) > 0 ? undefined : sentence;
}

export function notNegative(text: string, sentence: string): string | undefined {
  return isDecimal(text) && sign(text) >= 0 ? undefined : sentence;
}

export function numberOrEmpty(text: string, sentence: string): string | undefined {
  return text.trim() ? notNegative(text, sentence) : undefined;
}
