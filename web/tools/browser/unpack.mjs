// Unpack the packaged Chromium beside this file and print a program that starts it with the libraries it brings along.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const unpacked = join(here, ".unpacked");
const starter = join(unpacked, "start");

if (!existsSync(starter)) {
  mkdirSync(unpacked, { recursive: true });
  // The package unpacks into the temporary folder, which everybody shares.
  process.env.TMPDIR = unpacked;
  const { default: chromium } = await import("@sparticuz/chromium");
  const program = await chromium.executablePath();
  const libraries = join(here, "node_modules", "@sparticuz", "chromium", "bin", "al2023.tar.br");
  execFileSync("tar", ["-xf", "-", "-C", unpacked], { input: brotliDecompressSync(readFileSync(libraries)) });
  const path = join(unpacked, "lib");
  writeFileSync(
    starter,
    `#!/bin/sh\nLD_LIBRARY_PATH="${path}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "${program}" "$@"\n`,
  );
  chmodSync(starter, 0o755);
}
console.log(starter);
