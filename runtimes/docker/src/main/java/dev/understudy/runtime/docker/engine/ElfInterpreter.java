package dev.understudy.runtime.docker.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The loader that a program names: the segment `PT_INTERP` of an ELF file of 64 bits (elf(5)).
final class ElfInterpreter {
    private static final int MAGIC = 0x7f454c46;
    private static final int HEAD = 64;
    private static final int INTERPRETER = 3;
    private static final int LONGEST = 4096;

    private ElfInterpreter() {}

    /// @throws IOException if it is no such program
    static Path of(Path program) throws IOException {
        try (FileChannel file = FileChannel.open(program)) {
            ByteBuffer head = read(file, 0, HEAD);
            if (head.limit() < HEAD || head.getInt(0) != MAGIC || head.get(4) != 2) {
                throw new IOException(program + " is no ELF program of 64 bits");
            }
            ByteOrder order = head.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            head.order(order);
            long table = head.getLong(32);
            int size = head.getShort(54);
            for (int number = 0; number < head.getShort(56); number++) {
                ByteBuffer segment =
                        read(file, table + (long) number * size, 56).order(order);
                if (segment.limit() == 56 && segment.getInt(0) == INTERPRETER) {
                    int length = Math.clamp(segment.getLong(32), 0, LONGEST);
                    ByteBuffer name = read(file, segment.getLong(8), length);
                    return Path.of(
                            StandardCharsets.UTF_8.decode(name).toString().replace("\0", ""));
                }
            }
            throw new IOException(program + " names no loader");
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                break;
            }
        }
        return bytes.flip();
    }
}
