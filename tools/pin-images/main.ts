import { lockFile } from "../../config/image-lock";
import { painter } from "../plan/report/paint";
import { projectRoot } from "../plan/root";
import { pinImages } from "./command";
import { dockerCredentials } from "./registry/credentials";
import { defaultHttp } from "./registry/http";

void pinImages(process.argv.slice(2), {
    root: projectRoot,
    lockFile,
    client: { ...defaultHttp, fetch, credentials: dockerCredentials(process.env) },
    date: new Date().toISOString().slice(0, 10),
    stdout: (text) => {
        console.log(text);
    },
    stderr: (text) => {
        console.error(text);
    },
    paint: painter(process.stdout),
}).then((code) => {
    process.exitCode = code;
});
