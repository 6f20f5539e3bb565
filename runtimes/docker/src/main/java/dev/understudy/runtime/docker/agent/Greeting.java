package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.ArmName;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The first frame on every connection to an agent: who comes, with which token, and what for. It is the only
/// part of what is spoken that may never change its shape.
///
/// @param arm whose links the agent is to open; means nothing on a way
/// @param way [#CONTROL] for a control connection, otherwise the number of the way to enter
record Greeting(int version, String token, ArmName arm, long way) {
    static final int VERSION = 1;
    static final long CONTROL = 0;

    /// No greeting is longer: who hasn't shown a token yet gets no more memory than that.
    static final int LONGEST = 1024;

    private static final int MAGIC = 0x554e4453;

    static Greeting control(String token, ArmName arm) {
        return new Greeting(VERSION, token, arm, CONTROL);
    }

    static Greeting way(String token, long way) {
        return new Greeting(VERSION, token, ArmName.CONTROL, way);
    }

    byte[] frame() {
        return Frames.frame(out -> {
            out.writeInt(MAGIC);
            out.writeByte(version);
            out.writeUTF(token);
            out.writeBoolean(arm == ArmName.CANDIDATE);
            out.writeLong(way);
        });
    }

    /// @throws IOException if that is no greeting
    static Greeting read(byte[] frame) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
        if (in.readInt() != MAGIC) {
            throw new IOException("no greeting");
        }
        int version = in.readUnsignedByte();
        String token = in.readUTF();
        ArmName arm = in.readBoolean() ? ArmName.CANDIDATE : ArmName.CONTROL;
        return new Greeting(version, token, arm, in.readLong());
    }

    /// Whether it shows the right token; takes as long for one that is nearly right.
    boolean shows(String wanted) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    /// Doesn't give the token away.
    @Override
    public String toString() {
        return way == CONTROL ? "control of the " + arm + " arm" : "way " + way;
    }
}
