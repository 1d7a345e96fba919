"""The notebook's training by Keras on TensorFlow, from folders of photos. Writes lines as `fleuron train --json` does."""

import os
import platform

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import contender
import keras
import tensorflow as tf
from keras_network import alexnet

options = contender.options()
tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
tf.config.threading.set_inter_op_parallelism_threads(options["threads"])


def photos_of(part, shuffle):
    """Decoded beside the first epoch's steps, kept in memory as images for the later ones."""
    photos = keras.utils.image_dataset_from_directory(
        os.path.join(options["photos"], part),
        image_size=(contender.IMAGE_SIZE, contender.IMAGE_SIZE),
        interpolation="nearest",
        batch_size=options["batchSize"],
        shuffle=shuffle,
        seed=0,
    )
    images = photos.map(lambda x, y: (tf.cast(x, tf.float32) / 255, y), num_parallel_calls=tf.data.AUTOTUNE)
    return photos, images.cache().prefetch(tf.data.AUTOTUNE)


train_photos, train = photos_of("train", shuffle=True)
val_photos, val = photos_of("val", shuffle=False)
model = alexnet(len(train_photos.class_names), "glorot_uniform", keras.initializers.GlorotUniform)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=options["learningRate"]),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
    jit_compile=False,
)
versions = {"python": platform.python_version(), "keras": keras.__version__, "tensorflow": tf.__version__}
contender.answer(
    type="run",
    parameters=model.count_params(),
    trainCount=len(train_photos.file_paths),
    valCount=len(val_photos.file_paths),
    engine={"versions": versions},
)


class AtEpochEnd(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs):
        contender.answer(type="epoch", epoch=epoch + 1, loss=contender.finite(logs["loss"]))


model.fit(train, validation_data=val, epochs=options["epochs"], callbacks=[AtEpochEnd()], verbose=0)
