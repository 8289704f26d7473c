import { fileURLToPath } from "node:url";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = process.env.ONHAND_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset()] })],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { target: "es2023", assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  server: {
    port: 5200,
    strictPort: true,
    proxy: { "/api": api, "/live": { target: api, ws: true } },
  },
  test: { environment: "node", include: ["test/**/*.test.{ts,tsx}"], setupFiles: ["test/setup.ts"] },
});
