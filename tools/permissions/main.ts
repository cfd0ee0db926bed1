import { permissionsCommand } from "./command";

void permissionsCommand(process.argv.slice(2), {
    stdout: (text) => {
        console.log(text);
    },
    stderr: (text) => {
        console.error(text);
    },
}).then((status) => {
    process.exitCode = status;
});
