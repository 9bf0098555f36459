// A file part by part, as the node hands it out.

/** Calls `read` for each part and puts them together. Fails as `read` does. */
export async function wholeFile(
  parts: number,
  size: number,
  read: (index: number) => Promise<Uint8Array>,
  progress: (done: number) => void = () => undefined,
): Promise<Uint8Array> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (let index = 0; index < parts; index += 1) {
    const part = await read(index);
    if (at + part.length > size) throw new Error('the file is longer than it says');
    whole.set(part, at);
    at += part.length;
    progress(index + 1);
  }
  if (at !== size) throw new Error('the file is shorter than it says');
  return whole;
}

/** A size in words of the language, such as '1.2 MB'. */
export function sizeInWords(bytes: number | bigint, language: string): string {
  let size = Number(bytes);
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  let at = 0;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at += 1;
  }
  const format = {
    style: 'unit',
    unit: units[at]!,
    unitDisplay: 'short',
    maximumFractionDigits: at === 0 ? 0 : 1,
  } as const;
  return new Intl.NumberFormat(language, format).format(size);
}
