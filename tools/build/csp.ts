import type { Plugin } from "vite";

/**
 * What the page may load and where it may send anything: this origin only. Workers inherit it, because they
 * start from a `blob:` module of the page (src/worker/spawn.ts).
 *
 * Inline `style` attributes written by scripts (React, recharts, Base UI) go through CSSOM, which the policy
 * does not govern, so `'unsafe-inline'` is not needed.
 */
const directives = {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self' blob:",
  "connect-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "object-src": "'none'",
};

function serialize(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** The policy of the built page. */
export const contentSecurityPolicy = serialize(directives);

/** Vite's dev server marks its inline scripts and styles with it (`html.cspNonce`). */
export const devNonce = "dev";

/** The same policy plus what Vite's dev server needs: its marked inline code and its web socket. */
const devContentSecurityPolicy = serialize({
  ...directives,
  "script-src": `'self' 'nonce-${devNonce}'`,
  "style-src": `'self' 'nonce-${devNonce}'`,
  "connect-src": "'self' ws: wss:",
});

/** Writes the policy into the page as its first `<meta>`, so that nothing loads before it holds. */
export function injectPolicy(): Plugin {
  return {
    name: "storyloom:content-security-policy",
    transformIndexHtml: {
      order: "post",
      handler(html, { server }) {
        const content = server ? devContentSecurityPolicy : contentSecurityPolicy;
        const meta = `<meta http-equiv="Content-Security-Policy" content="${content}" />`;
        const withPolicy = html.replace(
          /<meta charset="?utf-8"? ?\/?>/i,
          (m) => `${m}\n    ${meta}`,
        );
        if (withPolicy === html)
          throw new Error(`index.html must begin its head with <meta charset="utf-8" />`);
        return withPolicy;
      },
    },
  };
}
