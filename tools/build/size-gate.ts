import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Fails the build when its scripts and styles, compressed one by one, are larger than `limit` bytes in all. */
export function sizeGate(limit: number): Plugin {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return {
    name: "storyloom:size-gate",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        let total = 0;
        for (const output of Object.values(bundle)) {
          if (!/\.(js|css)$/.test(output.fileName)) continue;
          total += gzipSync(output.type === "chunk" ? output.code : output.source).length;
        }
        const line = `Scripts and styles: ${kilobytes(total)} gzip (limit ${kilobytes(limit)})`;
        if (total > limit) this.error(line);
        this.info(line);
      },
    },
  };
}
