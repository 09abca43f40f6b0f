import { useEffect, useState } from "react";

/** Milliseconds since 1970, up to half a minute old: for words like “5 minutes ago”. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
