import { permissionsCommand } from "./command";

void permissionsCommand(process.argv.slice(2), {
    say: (text) => {
        console.log(text);
    },
    complain: (text) => {
        console.error(text);
    },
}).then((status) => {
    process.exitCode = status;
});
