package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.AttributeContract;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Makes the command that loads a profile. */
final class LoadRequests {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ZERO = {'0'};

    private final byte[][] seconds = new byte[DataClass.count()][];
    private final byte[][] bits = new byte[DataClass.count()][];

    LoadRequests(AttributeContract contract) {
        for (int i = 0; i < DataClass.count(); i++) {
            bits[i] = ScriptCaller.bytes(DataClass.at(i).bit());
            seconds[i] = ScriptCaller.bytes(Math.max(1, contract.retentionSeconds(DataClass.at(i))));
        }
    }

    Request of(EncodedProfile profile) {
        byte[][] classes = profile.classes();
        StoredConsent consent = profile.consent();
        // Who refuses everything loses what was stored before as well, in the same act.
        int closed = consent != null && consent.refused() == Purpose.ALL_BITS ? DataClass.ALL_BITS : 0;
        int keys = 1;
        for (byte[] value : classes) {
            keys += value.length > 0 || closed != 0 ? 1 : 0;
        }
        Request request = Request.cmd(Command.EVALSHA)
                .arg(Scripts.LOAD.digest())
                .arg(keys)
                .arg(Pseudonymiser.consentKey(profile.prefix()));
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].length > 0 || closed != 0) {
                request.arg(Pseudonymiser.classKey(profile.prefix(), i));
            }
        }
        if (consent == null) {
            request.arg(NOTHING).arg(ZERO).arg(ZERO);
        } else {
            request.arg(ConsentCodec.encode(consent, closed))
                    .arg(consent.updatedAt())
                    .arg(closed);
        }
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].length > 0 || closed != 0) {
                request.arg(bits[i]).arg(classes[i]).arg(seconds[i]);
            }
        }
        return request;
    }
}
