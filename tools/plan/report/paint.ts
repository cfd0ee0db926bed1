import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

/** Adds a style to text, or leaves it plain. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Styles for a terminal with colours; none for files and pipes, or if `NO_COLOR` is set. */
export function painter(stream: Pick<WriteStream, "isTTY"> & Partial<Pick<WriteStream, "hasColors">>): Paint {
    const colored = stream.isTTY && (process.env["NO_COLOR"] ?? "") === "" && stream.hasColors?.() === true;
    return (style, text) => (colored ? styleText(style, text) : text);
}
