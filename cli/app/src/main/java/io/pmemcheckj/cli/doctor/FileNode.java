package io.pmemcheckj.cli.doctor;

/**
 * What stands at a path.
 *
 * @param major of a device node, else 0
 * @param minor of a device node, else 0
 * @param size bytes of a regular file, else 0
 */
record FileNode(Kind kind, int major, int minor, long size) {

    enum Kind {
        FILE("file"),
        FOLDER("folder"),
        BLOCK_DEVICE("block-device"),
        CHARACTER_DEVICE("character-device"),
        OTHER("other");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    /**
     * @param mode {@code st_mode} of stat(2)
     * @param device {@code st_rdev} of stat(2)
     */
    static FileNode of(int mode, long device, long size) {
        Kind kind = switch (mode & 0xf000) {
            case 0x8000 -> Kind.FILE;
            case 0x4000 -> Kind.FOLDER;
            case 0x6000 -> Kind.BLOCK_DEVICE;
            case 0x2000 -> Kind.CHARACTER_DEVICE;
            default -> Kind.OTHER;
        };
        // The encoding of the C library's major() and minor().
        int major = (int) ((device >>> 8 & 0xfff) | (device >>> 32 & 0xfffff000L));
        int minor = (int) ((device & 0xff) | (device >>> 12 & 0xffffff00L));
        return new FileNode(kind, major, minor, kind == Kind.FILE ? size : 0);
    }

    String device() {
        return major + ":" + minor;
    }
}
