import { useEffect, useState } from "preact/hooks";

/** White around it, as much as readers want. */
const EDGE = 4;

interface Drawn {
  size: number;
  path: string;
}

/** A link as a QR code, made on this page and drawn as one path; and the link itself for whoever does not see it. */
export function QrCode({ link, what }: { link: string; what: string }) {
  const [drawn, setDrawn] = useState<Drawn | "too long" | null>(null);
  useEffect(() => {
    let stays = true;
    void draw(link).then((it) => { if (stays) setDrawn(it); });
    return () => { stays = false; };
  }, [link]);
  if (drawn === null) return <div class="ls-qr" />;
  if (drawn === "too long") return <p class="ls-qr-none">This link is too long for a QR code. Send it, or the file.</p>;
  const all = drawn.size + 2 * EDGE;
  return (
    <svg class="ls-qr" role="img" aria-label={`QR code of the link to ${what}`} viewBox={`${-EDGE} ${-EDGE} ${all} ${all}`} shape-rendering="crispEdges" data-size={drawn.size}>
      <rect x={-EDGE} y={-EDGE} width={all} height={all} class="ls-qr-paper" />
      <path d={drawn.path} class="ls-qr-ink" />
    </svg>
  );
}

async function draw(link: string): Promise<Drawn | "too long"> {
  const { generate } = await import("lean-qr");
  try {
    const code = generate(link);
    const runs: string[] = [];
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) {
        if (!code.get(x, y)) continue;
        const from = x;
        while (x < code.size && code.get(x, y)) x += 1;
        runs.push(`M${from} ${y}h${x - from}v1H${from}z`);
      }
    }
    return { size: code.size, path: runs.join("") };
  } catch {
    return "too long";
  }
}
