import assert from "node:assert/strict";

import { folder as valkeyFolder } from "../../../components/cache/backup/names";
import { agedFolders } from "../../../components/common/object-lifecycle";
import { folder as searchFolder } from "../../../components/search/snapshots/names";

describe("the folders of the bucket of backups that move to colder classes (ST-07, BK-06)", () => {
    it("are those of the database and of Valkey, by the names that they write", () => {
        assert.deepEqual(agedFolders, ["postgres", valkeyFolder]);
    });

    it("do not have Elasticsearch's, which reads old files with new snapshots", () => {
        assert.equal(searchFolder, "elasticsearch");
        assert.ok(!(agedFolders as readonly string[]).includes(searchFolder));
    });
});
