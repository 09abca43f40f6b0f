import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";

export interface RunningServer {
  /** Ends with a slash. */
  address: string;
  close(): Promise<void>;
}

async function listen(listener: RequestListener): Promise<RunningServer> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The plainest static host there is: files and their types, no header of ours. */
export function serveWithoutHeaders(folder: string): Promise<RunningServer> {
  const files = sirv(folder, { dev: true });
  return listen((request, response) =>
    files(request, response, () => {
      response.writeHead(404).end();
    }),
  );
}

/** Another origin that answers everybody (CORS allows all) and writes down what reached it. */
export async function serveForeignOrigin(): Promise<RunningServer & { requests: string[] }> {
  const requests: string[] = [];
  const server = await listen((request, response) => {
    requests.push(request.url ?? "");
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("reached");
  });
  return { ...server, requests };
}
