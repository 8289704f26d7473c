// Finds optional (platform) packages that the lock names but does not hold: with them missing, `npm ci`
// fails on other machines although `npm install` succeeded here. Also refuses download addresses.
import { readFileSync } from "node:fs";

const text = readFileSync(process.argv[2] ?? "package-lock.json", "utf8");
const packages = JSON.parse(text).packages;

/** The package around the one at `place`, as Node walks up; the root is the empty name. */
function parent(place) {
  return place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")));
}

/** The entry that `name` resolves to when required from the package at `place`. */
function resolve(place, name) {
  const found = packages[`${place ? `${place}/` : ""}node_modules/${name}`];
  return found || !place ? found : resolve(parent(place), name);
}

/** What is wrong with one entry of the lock. */
function faultsOf([key, entry]) {
  const missing = Object.entries(entry.optionalDependencies ?? {}).filter(([name, range]) => {
    const found = resolve(key, name);
    return !found || (/^\d/.test(range) && found.version !== range);
  });
  const address = entry.resolved ? [`${key}: holds a download address`] : [];
  return [...address, ...missing.map(([name, range]) => `${key}: ${name}@${range} is not in the lock`)];
}

const faults = Object.entries(packages).flatMap(faultsOf);
for (const fault of faults) console.error(fault);
if (faults.length) {
  console.error("Repair: rm -rf node_modules package-lock.json && npm install, then run this again.");
  process.exitCode = 1;
}
