import { shout } from "./shout";

self.onmessage = (event: MessageEvent<string>) => self.postMessage(shout(event.data));
