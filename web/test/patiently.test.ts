import { afterEach, expect, it, vi } from "vitest";
import { patiently } from "@/lib/patiently";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("waits for a part of the app until the line is back", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  const load = vi.fn().mockRejectedValueOnce(new TypeError("no file")).mockResolvedValue("page");
  const page = patiently(load);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await page).toBe("page");
});

it("gives up on a file that is gone from a server that answers", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response()));
  await expect(patiently(() => Promise.reject(new TypeError("no file")))).rejects.toThrow("no file");
});
