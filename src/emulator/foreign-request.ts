import type { IncomingHttpHeaders } from 'node:http';

/** `localhost`, a name below it, 127.0.0.0/8 or `[::1]`, with any port or none. */
const LOOPBACK_HOST =
  /^(?:(?:[a-z0-9-_.]+\.)?localhost\.?|127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Tells why a request to a loopback endpoint may come from a web page, in words; `null` where it cannot.
 *
 * A page may send a plain POST to 127.0.0.1 without asking (CORS hides only the answer), and by DNS
 * rebinding it may even read the answer, as its own host. Such a POST runs the user's handlers. Browsers
 * add `Origin` to every POST (Fetch Standard, "append a request Origin header", 2026-11) and
 * `Sec-Fetch-Site` to requests to loopback (Fetch Metadata Request Headers, W3C), and after rebinding `Host`
 * is the page's name. No AWS SDK and no Lambda runtime sends the first two.
 */
export function foreignRequest(headers: IncomingHttpHeaders): string | null {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined) return `it carries Origin: ${origin}, as requests of web pages do`;
  if (site !== undefined && site !== 'none') {
    return `it carries Sec-Fetch-Site: ${site}, as requests of web pages do`;
  }
  // HTTP/1.0 may leave Host out; no browser does.
  if (host !== undefined && !LOOPBACK_HOST.test(host)) {
    return `its Host is ${host === '' ? 'empty' : host}, which is no name or address of this machine's loopback`;
  }
  return null;
}

/** Returns the whole refusal, for whoever sees it in a browser or in the error of an SDK. */
export function foreignRefusal(reason: string): string {
  return `Answer the request: ${reason}. This endpoint runs functions of this machine, so it answers no web page and no name but localhost and loopback addresses. Use http://127.0.0.1 with the port that was printed.`;
}
