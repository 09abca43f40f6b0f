/** `npm start`: builds the site and serves it on this machine. `--port N` insists on a port, `--no-build` skips the build. */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sirv from "sirv";
import { build } from "vite";
import { contentSecurityPolicy } from "./build/csp";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "dist");
const { values } = parseArgs({
  options: { port: { type: "string" }, "no-build": { type: "boolean" } },
});

/** Listens on this machine only, so that nothing else on the network reaches it. */
function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", resolve);
  });
}

async function listenOnFreePort(server: Server, from: number): Promise<void> {
  for (let port = from; ; port++) {
    try {
      return await listen(server, port);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "EADDRINUSE" || port >= from + 100)
        throw thrown;
    }
  }
}

if (!values["no-build"]) await build({ root, logLevel: "warn" });
if (!existsSync(join(folder, "index.html"))) {
  console.error("There is no build in dist/. Run npm run build first.");
  process.exit(1);
}

// sirv lists the folder now. File names in assets/ carry a hash of their content; the rest is asked for anew.
const serveFile = sirv(folder, {
  etag: true,
  setHeaders(response, path) {
    const hashed = path.startsWith("/assets/");
    response.setHeader(
      "Cache-Control",
      hashed ? "public, max-age=31536000, immutable" : "no-cache",
    );
    response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
  },
});

const server = createServer((request, response) =>
  serveFile(request, response, () => {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
  }),
);
if (values.port) await listen(server, Number(values.port));
else await listenOnFreePort(server, 4173);
const address = server.address();
if (address && typeof address === "object") {
  console.log(`Storyloom is ready: http://localhost:${address.port}/`);
  console.log("Press Ctrl-C to stop.");
}
