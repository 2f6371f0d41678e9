package org.gajah.command;

import org.gajah.ast.NotifyStatement;
import org.gajah.base.Slice;
import org.gajah.notify.Channels;

/** LISTEN, UNLISTEN, NOTIFY. */
final class NotifyCommands {
    private final Channels channels;

    NotifyCommands(Channels channels) {
        this.channels = channels;
    }

    String run(NotifyStatement statement) {
        return switch (statement) {
            case NotifyStatement.Listen l -> {
                channels.listen(l.channel());
                yield "LISTEN";
            }
            case NotifyStatement.Notify n -> {
                channels.notify(n.channel(), Slice.of(n.payload()));
                yield "NOTIFY";
            }
            case NotifyStatement.Unlisten u -> {
                channels.unlisten(u.channel());
                yield "UNLISTEN";
            }
            case NotifyStatement.UnlistenAll u -> {
                channels.unlistenAll();
                yield "UNLISTEN";
            }
        };
    }
}
