const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A time that is only roughly known: `less than a minute`, `about 5 minutes`, `about 1 h 20 min`. */
export function roughly(seconds: number): string {
  if (seconds < MINUTE) return "less than a minute";
  const minutes = Math.round(seconds / MINUTE);
  if (minutes === 1) return "about a minute";
  if (seconds < HOUR) return `about ${minutes} minutes`;
  return `about ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
